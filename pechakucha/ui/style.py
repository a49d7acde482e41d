# SPDX-License-Identifier: AGPL-3.0-or-later
"""The look of all widgets, written once from the theme."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from pechakucha.ui import theme


def dress(app: QApplication) -> None:
    """Give the application our colours, typeface and style sheet."""
    app.setStyle("Fusion")
    app.setFont(theme.font(theme.BODY))
    app.setPalette(_palette())
    app.setStyleSheet(_sheet())


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for each, shade in (
        (role.Window, theme.BACKGROUND),
        (role.Base, theme.BACKGROUND),
        (role.AlternateBase, theme.SURFACE),
        (role.Button, theme.RAISED),
        (role.Text, theme.TEXT),
        (role.WindowText, theme.TEXT),
        (role.ButtonText, theme.TEXT),
        (role.PlaceholderText, theme.QUIET),
        (role.Highlight, theme.NEXT),
        (role.HighlightedText, theme.BACKGROUND),
        (role.ToolTipBase, theme.RAISED),
        (role.ToolTipText, theme.TEXT),
    ):
        palette.setColor(each, shade)
    return palette


def _mixed(shade: QColor, share: float) -> str:
    """``shade`` laid over the background at this strength (0 to 1)."""
    over, under = shade, theme.BACKGROUND
    red = over.red() * share + under.red() * (1 - share)
    green = over.green() * share + under.green() * (1 - share)
    blue = over.blue() * share + under.blue() * (1 - share)
    return QColor(round(red), round(green), round(blue)).name()


def _sheet() -> str:
    background, surface, raised, line = (
        shade.name() for shade in (theme.BACKGROUND, theme.SURFACE, theme.RAISED, theme.LINE)
    )
    text, quiet, live, following, danger, attention = (
        shade.name()
        for shade in (theme.TEXT, theme.QUIET, theme.LIVE, theme.NEXT, theme.DANGER, theme.ATTENTION)
    )
    return f"""
    QWidget {{ color: {text}; }}
    QMainWindow, QDialog {{ background: {background}; }}
    QLineEdit {{ background: {surface}; border: 1px solid {line}; border-radius: 8px; padding: 7px 11px; }}
    QLineEdit:focus {{ border: 2px solid {following}; padding: 6px 10px; }}
    QPlainTextEdit {{ background: {surface}; border: 1px solid {line}; border-radius: 8px; padding: 8px; }}
    QPlainTextEdit:focus {{ border: 2px solid {following}; padding: 7px; }}
    QMenu {{ background: {raised}; border: 1px solid {line}; padding: 8px; }}
    QMenu::item {{ padding: 8px 24px; border-radius: 6px; }}
    QMenu::item:selected {{ background: {line}; }}
    QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 8px; }}
    QLabel[role="quiet"] {{ color: {quiet}; }}
    QLabel[role="heading"] {{ color: {quiet}; font-size: 13px; font-weight: 600; letter-spacing: 1px; }}
    QLabel[role="heading"][form="large"] {{ font-size: 20px; }}
    QLabel[role="attention"] {{ color: {attention}; font-weight: 600; }}
    QLabel[role="danger"] {{ color: {danger}; font-weight: 600; }}
    QLabel[role="badge"] {{ border-radius: 6px; padding: 2px 8px; font-size: 13px; font-weight: 700; }}
    QLabel[role="badge"][form="large"] {{ padding: 4px 16px; font-size: 20px; }}
    QLabel[role="badge"][tone="live"] {{ background: {live}; color: {background}; }}
    QLabel[role="badge"][tone="next"] {{ background: {following}; color: {background}; }}
    QLabel[role="badge"][tone="quiet"] {{ background: {raised}; color: {text}; }}
    QLabel[role="badge"][tone="attention"] {{ background: {attention}; color: {background}; }}
    QFrame[role="rule"] {{ background: {line}; border: none; }}
    QFrame[role="panel"] {{ background: {surface}; border: 1px solid {line}; border-radius: 8px; }}
    QFrame[role="strip"], QToolBar[role="strip"] {{ background: {_mixed(theme.ATTENTION, 0.16)}; border: none;
        border-top: 1px solid {_mixed(theme.ATTENTION, 0.5)}; }}
    QFrame[role="strip"][tone="calm"] {{ background: {raised}; border-top: 1px solid {line}; }}
    QLabel[role="attention"][tone="calm"] {{ color: {text}; font-weight: 400; }}
    QPushButton {{ background: {surface}; border: 1px solid {line}; border-radius: 8px;
        padding: 8px 16px; font-weight: 600; min-height: 24px; }}
    QPushButton:hover {{ background: {raised}; }}
    QPushButton:pressed {{ background: {line}; }}
    QPushButton:focus {{ border: 2px solid {following}; padding: 7px 15px; }}
    QPushButton:disabled {{ color: {quiet}; background: {_mixed(theme.SURFACE, 0.6)}; }}
    QPushButton[form="small"] {{ padding: 4px 8px; font-size: 14px; border-radius: 6px; min-height: 24px; }}
    QPushButton[form="link"] {{ background: transparent; border: 1px solid transparent; text-align: left;
        padding: 0px; font-size: 18px; min-height: 24px; }}
    QPushButton[form="link"]:hover {{ color: {following}; }}
    QPushButton[form="link"]:focus {{ color: {following}; border-bottom: 2px solid {following}; }}
    QPushButton[tone="primary"] {{ background: {live}; color: {background}; border-color: {live}; }}
    QPushButton[tone="primary"]:hover {{ background: {theme.LIVE.lighter(112).name()}; }}
    QPushButton[tone="primary"]:disabled {{ background: {_mixed(theme.LIVE, 0.14)};
        color: {quiet}; border-color: {_mixed(theme.LIVE, 0.24)}; }}
    QPushButton[tone="primary"]:focus {{ border: 2px solid {text}; }}
    QPushButton[tone="warning"] {{ background: {danger}; color: {background}; border-color: {danger}; }}
    QPushButton[tone="warning"]:focus {{ border: 2px solid {text}; }}
    QPushButton[tone="danger"] {{ color: {danger}; border-color: {_mixed(theme.DANGER, 0.5)}; }}
    QPushButton[tone="danger"]:disabled {{ color: {quiet}; border-color: {line}; }}
    QPushButton[flash="true"], QPushButton[tone][flash="true"]:disabled {{
        background: {_mixed(theme.DANGER, 0.55)}; color: {text}; border-color: {danger}; }}
    QListView {{ background: {background}; border: none; outline: none; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {line}; border-radius: 4px; min-height: 32px; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: none; border: none; height: 0; }}
    QProgressBar {{ background: {raised}; border: none; border-radius: 4px;
        max-height: 8px; min-height: 8px; }}
    QProgressBar::chunk {{ background: {live}; border-radius: 4px; }}
    """

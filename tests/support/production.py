"""An environment that production accepts, with nothing real in it."""

from collections.abc import Mapping

PRODUCTION: Mapping[str, str] = {
    "VJB_ENV": "production",
    "SECRET_KEY": "jRZC5c-Pf_hKuZE2Sn91Jf3Mr9b3KNhC5s9oB_mh9PhPZm7Z",
    "DONOR_KEY": "q0Yt8Vx2Lw-6nUe4RiPa7sDf1GhJk3ZxCvBnM_9bQwErTyUi",
    "DATA_KEYS": "Zt5-hWq9Lr2_yBn7Xc4vKd8sGf1mPj6uTe3aRoIz0QbYxN5w",
    "DATABASE_URL": "postgres://u:p@db.example/vjb",
    "MOLLIE_API_KEY": "live_Ab3dE5gH7jK9mN2pQ4rS6tU8vW0xY1",
    "BASE_URL": "https://voorjebuurt.example",
    "SMTP_URL": "smtp://mail.example",
    "MAIL_FROM": "Voor je Buurt <noreply@voorjebuurt.example>",
    "MAIL_REPLY_TO": "Voor je Buurt <hulp@voorjebuurt.example>",
    "DEBTOR_NAME": "Stichting Buurtgeld",
    "DEBTOR_IBAN": "NL18INGB0006543219",
    "DEBTOR_BIC": "INGBNL2A",
    "OPERATOR_NAME": "Stichting Buurtgeld",
    "OPERATOR_ADDRESS": "Kerkstraat 1, 1234 AB Testdam",
    "OPERATOR_EMAIL": "hulp@voorjebuurt.example",
    "PRIVACY_EMAIL": "privacy@voorjebuurt.example",
    "ACCESSIBILITY_STATUS": "C",
}

"""What the Slack surface itself says."""

from tools.text import text

UNKNOWN = text(
    "I do not know you yet. Please ask sales operations to add you; they need your e-mail "
    "address or your Slack member ID, {user}.",
    "我还不认识您。请联系销售运营添加您，他们需要您的邮箱地址或 Slack 成员编号 {user}。",
)
INACTIVE = text(
    "Your entry in the records is not active, so I cannot answer you here. Sales operations can "
    "change that.",
    "您在系统中的状态是停用，我无法在这里回答您。如需恢复，请联系销售运营。",
)
GUEST = text(
    "I answer members of the company only, so I cannot help guests of this workspace.",
    "我只回答公司成员的问题，无法为本工作区的访客提供服务。",
)
STRANGER = text(
    "I answer members of the company only, so I cannot help people from other workspaces.",
    "我只回答公司成员的问题，无法为其他工作区的成员提供服务。",
)
BOT = text("I answer people only, not other apps.", "我只回答真人用户，不回答其他应用。")

LEFT = text(
    "I leave this thread. Mention me and I am back.",
    "我不再跟进此讨论，需要时再 @ 我即可。",
)
STOPPED = text("Stopped.", "已停止。")
STOPPED_WITH_CHANGE = text(
    "Stopped. The change proposed in this turn is dropped; nothing was written.",
    "已停止。本轮提出的修改已放弃，没有写入任何内容。",
)
NOT_YOURS = text("Only the person who asked can stop this.", "只有提问的人可以停止。")
TOO_LATE = text(
    "I was not available and did not answer this in time. Please ask again if it still matters.",
    "我刚才不可用，没能及时回答这条消息。如仍需要，请再问一次。",
)
CUT_SHORT = text(
    "I was interrupted while sending this answer, so a part is missing. Please ask again.",
    "发送回答时被中断，内容不完整，请再问一次。",
)
TOOK_TOO_LONG = text(
    "This took longer than {minutes} minutes, so I gave up. Please ask for less at once.",
    "处理超过 {minutes} 分钟，已放弃。请缩小问题范围后再问。",
)
PROMPTS_TITLE = text("You could ask", "您可以这样问")
EMPTY_MENTION = text("what can you do", "你能做什么")

# Messages that are nothing but this take the assistant out of a thread; folded, as compared.
LEAVING = frozenset(
    {
        *("stop following", "stop following this", "stop following this thread", "unfollow"),
        *("leave this thread", "leave the thread", "stop listening", "be quiet"),
        *("不用跟了", "不用跟进了", "别跟了", "不要跟了", "停止跟进", "不用再跟了", "退出讨论"),
        *("不用你了", "安静"),
    }
)

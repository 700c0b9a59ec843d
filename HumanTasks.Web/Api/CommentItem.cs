using HumanTasks.Core.Engine;

namespace HumanTasks.Web.Api;

public sealed record CommentItem(string Id, DateTimeOffset At, string By, string Name, string Text)
{
    public static CommentItem Of(Comment comment) => new(comment.Id, comment.At, comment.By, comment.Name, comment.Text);
}

using HumanTasks.Core.People;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>The address of an assignee as a member types it.</summary>
internal static class TypedAssignee
{
    /// <summary>Why it is no assignee, in the language of the page; null for one that is.</summary>
    public static string? Problem(string typed) =>
        PersonAddress.Of(typed) is not null ? null
        : StudioTexts.Get(string.IsNullOrWhiteSpace(typed) ? "EnterAssignee" : "EnterOneAddress");
}

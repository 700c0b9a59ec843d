namespace HumanTasks.Web.Forms;

/// <summary>
/// The names of a form's inputs that are not fields. They start with an underscore, field names with a letter.
/// </summary>
internal static class PartNames
{
    public const string SubmissionKey = "_submissionKey";

    public const string Round = "_round";

    /// <summary>
    /// The proof that one of our pages showed this form, so that its sender may see the labels of its fields.
    /// </summary>
    public const string Shown = "_shown";

    public const string Reject = "_reject";

    /// <summary>
    /// The language of the page on which the form was filled in, which decides how its numbers are read.
    /// </summary>
    public const string Language = "_lang";

    /// <summary>The page that was shown, of a form with pages.</summary>
    public const string Page = "_page";

    /// <summary>A button that goes to another page: <c>next</c>, <c>back</c>, or a page's number from 0.</summary>
    public const string Go = "_go";

    /// <summary>A button that changes a table: <c>add:NAME</c> or <c>remove:NAME:ROW</c>.</summary>
    public const string Rows = "_rows";

    public const string Reason = "_reason";

    /// <summary>A part with JSON, unless a field of the form has this name.</summary>
    public const string Values = "values";

    public static string Kept(string field) => $"_kept.{field}";

    public static string Remove(string field) => $"_remove.{field}";

    public static bool IsOurs(string name) => name.StartsWith('_');
}

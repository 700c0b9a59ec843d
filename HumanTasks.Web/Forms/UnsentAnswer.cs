using HumanTasks.Core.Texts;

namespace HumanTasks.Web.Forms;

/// <summary>Something that was typed and did not count.</summary>
/// <param name="Label">Of its field; the field's name for whoever may not know the form.</param>
/// <param name="Value">As it was typed, with options by their labels and files by their names, and with isolates where there is more than that.</param>
public sealed record UnsentAnswer(SpokenText Label, string Value);

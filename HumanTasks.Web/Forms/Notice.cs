namespace HumanTasks.Web.Forms;

/// <summary>A message about what was just sent.</summary>
public sealed record Notice(string Title, string Text);

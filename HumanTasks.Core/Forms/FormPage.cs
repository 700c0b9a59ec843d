namespace HumanTasks.Core.Forms;

/// <summary>A page of a form.</summary>
/// <param name="Title">The title; null for none.</param>
/// <param name="Fields">The names of its fields.</param>
/// <param name="Language">Of the title, where it has several; else null.</param>
public sealed record FormPage(string? Title, IReadOnlyList<string> Fields, string? Language = null);

namespace HumanTasks.Core.Texts;

/// <summary>A text that its author wrote, and the language in which it is written.</summary>
/// <param name="Text">As people read it.</param>
/// <param name="Language">One of <see cref="Languages.All"/>; null where its author named none.</param>
public readonly record struct SpokenText(string Text, string? Language);

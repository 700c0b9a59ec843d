using Microsoft.Extensions.Logging;

namespace HumanTasks.Tests;

/// <summary>One line that a component logged.</summary>
/// <param name="Level">Its level.</param>
/// <param name="Text">The line.</param>
/// <param name="Fault">The exception that came with it, if any.</param>
internal sealed record LoggedLine(LogLevel Level, string Text, Exception? Fault);

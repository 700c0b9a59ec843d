using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Tests;

/// <summary>The log of one component, which a test reads.</summary>
/// <typeparam name="T">The component.</typeparam>
internal sealed class RecordedLog<T> : ILogger<T>
{
    private readonly Channel<string> unread = Channel.CreateUnbounded<string>();

    public ConcurrentQueue<LoggedLine> Lines { get; } = [];

    /// <summary>The warnings and errors, oldest first.</summary>
    public IEnumerable<LoggedLine> Warnings => Lines.Where(line => line.Level >= LogLevel.Warning);

    /// <summary>The next line that was not read yet.</summary>
    public async Task<string> NextAsync(TimeSpan patience) => await unread.Reader.ReadAsync().AsTask().WaitAsync(patience);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception);
        Lines.Enqueue(new LoggedLine(logLevel, text, exception));
        unread.Writer.TryWrite(text);
    }
}

using System.Text.Json;
using HumanTasks.Standalone.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace HumanTasks.Standalone.Start;

/// <summary>
/// Reports mistakes of the operator in one clear line each. Every other failure is a bug and keeps its stack trace.
/// </summary>
internal static class StartFailure
{
    private static readonly string[] Categories =
        ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Hosting.Diagnostics"];

    private static volatile bool started;

    /// <summary>Runs the host and returns the exit code.</summary>
    public static async Task<int> TellAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception problem) when (WordsFor(problem) is { } words)
        {
            await Console.Error.WriteLineAsync(words);
            return 1;
        }
    }

    /// <summary>
    /// Silences the framework's log of a failed start, which would repeat the message with a stack trace.
    /// </summary>
    public static void QuietWhileStarting(this WebApplicationBuilder builder)
    {
        foreach (var category in Categories)
        {
            builder.Logging.AddFilter(category, level => started && level >= LogLevel.Warning);
        }
    }

    public static void HasStarted() => started = true;

    private static string? WordsFor(Exception problem) => problem switch
    {
        OperatorException => problem.Message,
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        AddressInUseException or IOException { InnerException: AddressInUseException } =>
            $"{problem.Message} Stop the process that uses this port, or choose another with --urls.",
        System.Net.Sockets.SocketException or IOException { InnerException: System.Net.Sockets.SocketException } =>
            $"Can't listen on this address: {problem.Message} Choose another with --urls.",
        IOException or Microsoft.Data.Sqlite.SqliteException when DamagedRows.Is(problem) || problem is Microsoft.Data.Sqlite.SqliteException =>
            $"The database is damaged. Run the host with --check for the next steps. {problem.Message}",
        Core.Ports.StorageUnavailableException => $"Couldn't read or write the database: {problem.Message}",
        InvalidDataException { InnerException: FormatException { InnerException: JsonException json } } =>
            $"{problem.Message.TrimEnd('.')}: it is not JSON at line {json.LineNumber + 1}, column {json.BytePositionInLine + 1}.",
        InvalidDataException => problem.Message,
        InvalidOperationException { InnerException: FormatException or ArgumentException } => problem.Message, // a setting has the wrong type
        AggregateException { InnerExceptions: [var only] } => WordsFor(only),
        _ => null,
    };
}

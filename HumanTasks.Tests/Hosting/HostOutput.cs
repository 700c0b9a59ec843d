using System.Text.RegularExpressions;

namespace HumanTasks.Tests.Hosting;

/// <summary>What a host prints from one start to its end.</summary>
public sealed partial class HostOutput
{
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private readonly TaskCompletionSource<string> apiKey = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> demonstration = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> greeting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The address of the start page with its way into the Studio, printed by every start.</summary>
    public string? Start => StartPattern().Match(Text) is { Success: true } address ? address.Value : null;

    /// <summary>Waits for that address, which is printed behind the line that says where the host listens.</summary>
    public async Task<string> StartAsync()
    {
        await ContainsAsync("/start/");
        return Start!;
    }

    /// <summary>Printed by the first start on a data folder.</summary>
    public Task<string> ApiKey => apiKey.Task;

    /// <summary>The line that says that the host runs, and where.</summary>
    public Task<string> Greeting => greeting.Task;

    /// <summary>The review link of the demonstration, printed by the first start after its key.</summary>
    public Task<string> Demonstration => demonstration.Task;

    public string Text
    {
        get
        {
            lock (gate)
            {
                return string.Join('\n', lines);
            }
        }
    }

    /// <summary>Waits until a host that runs has printed these words.</summary>
    public async Task ContainsAsync(string words)
    {
        var patience = TimeSpan.FromSeconds(10);
        for (var started = System.Diagnostics.Stopwatch.GetTimestamp(); !Text.Contains(words, StringComparison.Ordinal);)
        {
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) < patience, $"Nobody said '{words}':\n{Text}");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    public int CountOfKeys => KeyPattern().Count(Text);

    public void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (gate)
        {
            lines.Add(line);
        }

        if (KeyPattern().Match(line) is { Success: true } key)
        {
            apiKey.TrySetResult(key.Value);
        }

        if (line.Contains("/review/", StringComparison.Ordinal))
        {
            demonstration.TrySetResult(line.Split(' ')[^1]);
        }

        if (line.Contains("is running", StringComparison.Ordinal))
        {
            greeting.TrySetResult(line);
        }
    }

    [GeneratedRegex(@"http://\S+/start/\S+")]
    private static partial Regex StartPattern();

    [GeneratedRegex("ht_[A-Za-z0-9_-]{43}")]
    private static partial Regex KeyPattern();
}

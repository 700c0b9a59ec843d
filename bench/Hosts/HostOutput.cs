using System.Text.RegularExpressions;

namespace HumanTasks.Bench.Hosts;

/// <summary>The output of a host: the API key of its first start, and its last lines in case it fails.</summary>
internal sealed partial class HostOutput
{
    private const int Kept = 30;

    private readonly Lock _lock = new();
    private readonly Queue<string> _tail = new();
    private readonly TaskCompletionSource<string> _key = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> ApiKey => _key.Task;

    public string Tail
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _tail);
            }
        }
    }

    public void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        if (Key().Match(line) is { Success: true } key)
        {
            _key.TrySetResult(key.Value);
        }

        lock (_lock)
        {
            _tail.Enqueue(Key().Replace(line, "ht_…"));

            if (_tail.Count > Kept)
            {
                _tail.Dequeue();
            }
        }
    }

    [GeneratedRegex("ht_[A-Za-z0-9_-]{43}")]
    private static partial Regex Key();
}

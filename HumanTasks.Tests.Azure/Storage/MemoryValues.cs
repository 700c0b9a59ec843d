using HumanTasks.Functions.Storage;

namespace HumanTasks.Tests.Functions.Storage;

/// <summary>Large values in memory.</summary>
internal sealed class MemoryValues : ILargeValues
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, byte[]> values = new();

    public IReadOnlyCollection<string> Names => [.. values.Keys];

    public Task PutAsync(string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        values[name] = value.ToArray();
        return Task.CompletedTask;
    }

    public Task<ReadOnlyMemory<byte>> GetAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<byte>>(values[name]);

    public Task DeleteAllAsync(string prefix, CancellationToken cancellationToken)
    {
        foreach (var name in values.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            values.TryRemove(name, out _);
        }

        return Task.CompletedTask;
    }
}

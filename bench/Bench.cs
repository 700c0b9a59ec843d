using HumanTasks.Bench.Hosts;
using HumanTasks.Bench.Http;
using HumanTasks.Bench.Load;

namespace HumanTasks.Bench;

/// <summary>The options, host and folder that every scenario uses.</summary>
internal sealed record Bench(Options Options, HostCommand Host, string Folder, TextWriter Progress)
{
    public const int ManyClients = 64;

    public Sequence Sequence { get; } = new();

    public Failures Failures { get; } = new();

    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;

    public Crowd Crowd(Target target, int size) => new(target, Sequence, Failures, size);

    public static async Task<Target> PrepareAsync(HostProcess host, string apiKey)
    {
        var target = new Target(host.Endpoint, apiKey);
        using var connection = new Connection(host.Endpoint);
        var put = target.Put($"/api/rule-sets/{Journey.RuleSet}", Journey.RuleSetBody);
        var answer = await connection.SendAsync(put);

        return answer.Status is 200 or 201
            ? target
            : throw new InvalidDataException($"The rule set was not taken: {answer.Describe()}");
    }
}

using System.Security.Cryptography;
using System.Text;

namespace HumanTasks.Tests.Hosting;

/// <summary>How a host of ours is configured, beyond what its first start makes.</summary>
public sealed record HostSettings
{
    /// <summary>In development mail goes to <c>/dev/mail</c>.</summary>
    public bool Development { get; init; } = true;

    /// <summary>Configuration keys with <c>:</c> to values; each becomes an environment variable.</summary>
    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();

    public HostSettings With(string key, string value) => this with
    {
        Configuration = new Dictionary<string, string>(Configuration) { [key] = value },
    };

    /// <summary>Another environment beside the one of the first start, which has number 0.</summary>
    public HostSettings WithEnvironment(int number, string id, params (string Name, string Value)[] plan) =>
        plan.Aggregate(
            With($"HumanTasks:Environments:{number}:Id", id),
            (settings, member) => settings.With($"HumanTasks:Environments:{number}:{member.Name}", member.Value));

    /// <summary>Somebody who works in an environment's Studio.</summary>
    public HostSettings WithMember(int environment, int number, string address, string name, string role) =>
        With($"HumanTasks:Environments:{environment}:Members:{number}:Address", address)
            .With($"HumanTasks:Environments:{environment}:Members:{number}:Name", name)
            .With($"HumanTasks:Environments:{environment}:Members:{number}:Role", role);

    /// <summary>Another API key beside the one of the first start, which has number 0.</summary>
    public HostSettings WithKey(int number, string environment, string key, params string[] scopes) =>
        scopes.Index().Aggregate(
            With($"HumanTasks:ApiKeys:{number}:Name", $"test {number}")
                .With($"HumanTasks:ApiKeys:{number}:Environment", environment)
                .With($"HumanTasks:ApiKeys:{number}:Hash", Hash(key)),
            (settings, scope) => settings.With($"HumanTasks:ApiKeys:{number}:Scopes:{scope.Index}", scope.Item));

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

namespace HumanTasks.Tests.Client;

/// <summary>A test with the official client, which runs on this machine.</summary>
public sealed class OfficialMcpFactAttribute : FactAttribute
{
    public OfficialMcpFactAttribute() => Skip = OfficialClient.Missing;
}

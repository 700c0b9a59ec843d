namespace HumanTasks.Tests.Client;

/// <inheritdoc cref="OfficialMcpFactAttribute"/>
public sealed class OfficialMcpTheoryAttribute : TheoryAttribute
{
    public OfficialMcpTheoryAttribute() => Skip = OfficialClient.Missing;
}

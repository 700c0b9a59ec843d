namespace HumanTasks.Tests.Wire;

/// <summary>A test with the linters or openapi-typescript.</summary>
public sealed class OpenApiFactAttribute : FactAttribute
{
    public OpenApiFactAttribute() => Skip = OpenApiTools.Missing;
}

namespace HumanTasks.Tests.Wire;

/// <summary>A test with Kiota.</summary>
public sealed class KiotaFactAttribute : FactAttribute
{
    public KiotaFactAttribute() => Skip = OpenApiTools.MissingKiota;
}

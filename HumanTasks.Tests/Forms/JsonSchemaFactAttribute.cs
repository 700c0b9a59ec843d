namespace HumanTasks.Tests.Forms;

/// <summary>A test with a validator of JSON Schema, which runs on this machine.</summary>
public sealed class JsonSchemaFactAttribute : FactAttribute
{
    public JsonSchemaFactAttribute() => Skip = JsonSchemas.Missing;
}

using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

/// <summary>Yes or no, or a box to tick.</summary>
internal sealed class BooleanType : FieldType
{
    public override string Name => "boolean";

    public override Field? Read(FieldReader reader) => Field.Boolean.Read(reader);

    public override JsonObject Members() => Field.Boolean.Members();
}

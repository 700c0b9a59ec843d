using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

/// <summary>A number, or a whole number.</summary>
internal sealed class NumberType(bool whole) : FieldType
{
    public override string Name => whole ? "integer" : "number";

    public override Field? Read(FieldReader reader) => Field.Number.Read(reader);

    public override JsonObject Members() => Field.Number.Members();

    public override bool TakesText => true;
}

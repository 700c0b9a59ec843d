using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

/// <summary>Rows of the same fields.</summary>
internal sealed class TableType : FieldType
{
    public override string Name => "table";

    public override Field? Read(FieldReader reader) => Field.Table.Read(reader);

    public override JsonObject Members() => Field.Table.Members();

    public override IReadOnlyList<string> Needs => ["fields"];

    public override IReadOnlyList<string> Parts => ["fields"];

    public override bool TakesText => true;

    public override bool IsColumn => false;

    public override JsonObject Resolved(JsonObject definition) => Field.Table.OnlyColumns(definition);
}

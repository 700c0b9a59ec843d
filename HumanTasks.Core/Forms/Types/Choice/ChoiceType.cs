using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

/// <summary>One of several options.</summary>
internal sealed class ChoiceType : FieldType
{
    public override string Name => "choice";

    public override Field? Read(FieldReader reader) => Field.Choice.Read(reader);

    public override JsonObject Members() => Field.Choice.Members();

    public override IReadOnlyList<string> Needs => ["options"];

    public override IReadOnlyList<string> Parts => ["options"];
}

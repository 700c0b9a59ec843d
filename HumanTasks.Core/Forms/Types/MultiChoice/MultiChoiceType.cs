using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

/// <summary>Any of several options.</summary>
internal sealed class MultiChoiceType : FieldType
{
    public override string Name => "multiChoice";

    public override Field? Read(FieldReader reader) => Field.MultiChoice.Read(reader);

    public override JsonObject Members() => Field.MultiChoice.Members();

    public override IReadOnlyList<string> Needs => ["options"];

    public override IReadOnlyList<string> Parts => ["options"];
}

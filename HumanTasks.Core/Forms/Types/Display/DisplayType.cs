using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

/// <summary>Markdown, an image or a PDF to look at.</summary>
internal sealed class DisplayType : FieldType
{
    public override string Name => "display";

    public override Field? Read(FieldReader reader) => Field.DisplayOnly.Read(reader);

    public override JsonObject Members() => Field.DisplayOnly.Members();

    public override IReadOnlyList<string> Needs => ["markdown"];

    public override IReadOnlyList<string> Texts => ["markdown"];

    public override IReadOnlyList<string> Markdown => ["markdown"];

    public override bool TakesValue => false;

    public override bool IsColumn => false;

    public override IEnumerable<string?> Asks(Field field) => [((Field.DisplayOnly)field).Markdown];
}

using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

/// <summary>An uploaded file or several.</summary>
internal sealed class FileType : FieldType
{
    public override string Name => "file";

    public override Field? Read(FieldReader reader) => Field.File.Read(reader);

    public override JsonObject Members() => Field.File.Members();

    public override bool TakesText => true;

    public override bool TakesValue => false;

    public override bool IsColumn => false;
}

using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

/// <summary>A typed name under a statement.</summary>
internal sealed class SignatureType : FieldType
{
    public override string Name => "signature";

    public override Field? Read(FieldReader reader) => Field.Signature.Read(reader);

    public override JsonObject Members() => Field.Signature.Members();

    public override IReadOnlyList<string> Needs => ["consent"];

    public override IReadOnlyList<string> Texts => ["consent"];

    public override bool TakesText => true;

    public override bool IsColumn => false;

    public override IEnumerable<string?> Asks(Field field) => [((Field.Signature)field).Consent];
}

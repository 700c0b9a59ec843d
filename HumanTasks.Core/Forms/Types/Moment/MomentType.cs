using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

/// <summary>A date, a time of day or a moment.</summary>
internal sealed class MomentType(MomentKind kind) : FieldType
{
    public override string Name => kind switch
    {
        MomentKind.Date => "date",
        MomentKind.Time => "time",
        _ => "dateTime",
    };

    public override Field? Read(FieldReader reader) => Field.Moment.Read(reader);

    public override JsonObject Members() => Field.Moment.Members();
}

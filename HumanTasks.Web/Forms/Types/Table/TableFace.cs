using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Forms.Types;

/// <summary>The texts of a table are those of its cells, each under its own name.</summary>
internal sealed class TableFace : FieldFace
{
    public override FieldLayout LayoutOf(Field field) => FieldLayout.Rows;

    public override Type ComponentOf(FieldModel model) => typeof(TableInput);

    public override string ReadAs(Field field) => "rows";

    public override string? HintOf(Field field, LimitOptions limits) => (Field.Table)field is { MinRows: > 0 } table
        ? ReviewTexts.Count("HintRows", table.MaxRows, table.MinRows, table.MaxRows)
        : null;

    public override IReadOnlyList<string> ToTexts(Field field, JsonNode value) => [];

    public override string Words(Field field, JsonNode value) => value is JsonArray rows
        ? string.Join('\n', rows.Select((row, number) => RowOf((Field.Table)field, row as JsonObject ?? [], number + 1)))
        : Shown.Scalar(value);

    public override AnswerTable? TableOf(Field field, JsonNode value, string? language) => value is not JsonArray { Count: > 0 } rows ? null : new AnswerTable(
        [.. ((Field.Table)field).Columns.Select(column => new AnswerColumn(column.SpokenLabel(language), column is Field.Number))],
        [.. rows.Select(row => (IReadOnlyList<string?>)[.. ((Field.Table)field).Columns.Select(column => FieldFaces.Answer(column, (row as JsonObject)?[column.Name], language).Value)])]);

    /// <summary>A row in a line: 1. Item: Paper; Quantity: 3.</summary>
    private static string RowOf(Field.Table table, JsonObject row, int number) => string.Create(
        CultureInfo.CurrentCulture,
        $"{number}. {Punctuation.List(table.Columns.Where(column => row[column.Name] is not null).Select(column => (Isolates.Around(column.Label), Isolates.Around(FieldFaces.Words(column, row[column.Name])))))}");
}

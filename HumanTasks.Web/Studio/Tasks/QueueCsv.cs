using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Texts;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>
/// Tasks as CSV (RFC 4180), with a byte order mark, by which spreadsheets recognize UTF-8. A text that a spreadsheet
/// would run as a formula begins with an apostrophe.
/// </summary>
internal static class QueueCsv
{
    private const string FormulaStarts = "=+-@\t\r\n|%＝＋－＠";

    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\r\n\t");

    private static readonly string[] Headings = ["Title", "Status", "Assignee", "Due", "Created", "Expires", "RuleSet", "CorrelationId"];

    /// <summary>Writes all rows.</summary>
    /// <param name="output">The stream to write to.</param>
    /// <param name="columns">The chosen columns.</param>
    /// <param name="rows">The tasks with their values.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public static async Task WriteAsync(
        Stream output,
        IEnumerable<QueueColumn> columns,
        IAsyncEnumerable<(HumanTask Task, IReadOnlyList<QueueCell> Cells)> rows,
        CancellationToken cancellationToken)
    {
        var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(Line(["ID", .. Headings.Select(StudioTexts.Get), .. columns.Select(column => column.Label)]).AsMemory(), cancellationToken);
            await foreach (var (task, cells) in rows.WithCancellation(cancellationToken))
            {
                await writer.WriteAsync(Line([.. TextsOf(task), .. cells.Select(TextOf)]).AsMemory(), cancellationToken);
            }
        }
    }

    /// <summary>Returns a text as a cell that no spreadsheet runs.</summary>
    public static string Cell(string text)
    {
        var safe = text.TrimStart(' ') is [var first, ..] && FormulaStarts.Contains(first, StringComparison.Ordinal) && !IsNumber(text) ? $"'{text}" : text;
        return safe.AsSpan().IndexOfAny(Quoted) < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static bool IsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private static string[] TextsOf(HumanTask task) =>
    [
        task.Id,
        task.Question.TitleIn(RequestLanguage.OfPage),
        WireNames.Of(task.State.Status),
        task.Asked.Names ?? "",
        task.Schedule.DueAt is { } due ? Shown.Exact(due) : "",
        Shown.Exact(task.History.CreatedAt),
        Shown.Exact(task.Schedule.ExpiresAt),
        task.RuleSet,
        task.CorrelationId,
    ];

    // numbers as programs write them, so that a spreadsheet can count with them
    private static string TextOf(QueueCell cell) => cell.Value?.GetValueKind() == JsonValueKind.Number ? JsonValues.Format(cell.Value) : cell.Text;

    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";
}

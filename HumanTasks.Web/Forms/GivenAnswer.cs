using HumanTasks.Core.Texts;

namespace HumanTasks.Web.Forms;

/// <summary>The answer to one field, as people read it.</summary>
/// <param name="Label">Of its field.</param>
/// <param name="Value">In words, as <c>FieldFaces.Isolated</c> writes it; null for a field left empty.</param>
/// <param name="Table">The same of a table, for pages; null for the other fields.</param>
public sealed record GivenAnswer(SpokenText Label, string? Value, AnswerTable? Table = null);

/// <summary>The answer to a table, for a page that shows it as one.</summary>
/// <param name="Columns">All columns of the table.</param>
/// <param name="Rows">The cells in the order of the columns, each in words; null for an empty one.</param>
public sealed record AnswerTable(IReadOnlyList<AnswerColumn> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows);

public sealed record AnswerColumn(SpokenText Label, bool IsNumber);

using System.Globalization;
using HumanTasks.Web.Studio.Shell;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>
/// A page of a list with the way back to the first one. Lists are read forwards only, so the address of a page carries
/// the cursors of the pages before it, up to a maximum.
/// </summary>
/// <param name="Number">The number of the page, from 1.</param>
/// <param name="Cursor">The cursor of the page; null for the first one.</param>
/// <param name="Before">The cursors of the pages before it, without the first one, the nearest last.</param>
public sealed record QueuePlace(int Number, string? Cursor, IReadOnlyList<string> Before)
{
    private const int MaxBefore = 20;
    private const int MaxNumber = 100_000;
    private const int MaxCursor = 200;

    public static QueuePlace First { get; } = new(1, null, []);

    /// <summary>The page before this one; the first one where the way back is not known; null on the first page.</summary>
    public QueuePlace? Previous => Cursor is null ? null
        : Before.Count == 0 ? First
        : new QueuePlace(Math.Max(2, Number - 1), Before[^1], [.. Before.SkipLast(1)]);

    public static QueuePlace Read(IQueryCollection query) => Workspace.Text(query["cursor"]) is not { } cursor ? First : new QueuePlace(
        int.TryParse(Workspace.Text(query["page"]), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 2, MaxNumber) : 2,
        cursor,
        [.. query["before"].OfType<string>().Where(before => before.Length is > 0 and <= MaxCursor).TakeLast(MaxBefore)]);

    /// <summary>Returns the page after this one.</summary>
    public QueuePlace Then(string next) => new(Number + 1, next, Cursor is null ? [] : [.. Before.TakeLast(MaxBefore - 1), Cursor]);

    public void AddTo(Action<string, string?> add)
    {
        if (Cursor is null)
        {
            return;
        }

        add("cursor", Cursor);
        add("page", Number.ToString(CultureInfo.InvariantCulture));
        foreach (var before in Before)
        {
            add("before", before);
        }
    }
}

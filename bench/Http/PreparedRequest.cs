using System.Buffers.Text;
using System.Text;

namespace HumanTasks.Bench.Http;

/// <summary>
/// A request whose bytes are created once. Each use fills one placeholder (an ID, a path) and overwrites every
/// <see cref="Number"/> with a number of nine digits, so that no length changes.
/// </summary>
internal sealed class PreparedRequest
{
    public const string Number = "000000000";

    private const int LargestHole = 1024;

    private readonly byte[] _bytes;
    private readonly int _before;
    private readonly byte[] _after;
    private readonly int[] _numbers;

    public PreparedRequest(string before, string after)
    {
        _after = Encoding.UTF8.GetBytes(after);
        _numbers = [.. Occurrences(_after)];
        _before = Encoding.UTF8.GetByteCount(before);
        _bytes = new byte[_before + LargestHole + _after.Length];
        Encoding.UTF8.GetBytes(before, _bytes);
    }

    public ReadOnlyMemory<byte> Fill(string hole, int number)
    {
        if (hole.Length > LargestHole)
        {
            throw new InvalidDataException("An id or path longer than a request has room for.");
        }

        foreach (var at in _numbers)
        {
            Utf8Formatter.TryFormat(number, _after.AsSpan(at), out _);
        }

        var start = _before + Encoding.ASCII.GetBytes(hole, _bytes.AsSpan(_before));
        _after.CopyTo(_bytes.AsSpan(start));
        return _bytes.AsMemory(0, start + _after.Length);
    }

    private static IEnumerable<int> Occurrences(byte[] bytes)
    {
        var number = Encoding.ASCII.GetBytes(Number);

        for (var at = 0; bytes.AsSpan(at).IndexOf(number) is >= 0 and var next; at += next + number.Length)
        {
            yield return at + next;
        }
    }
}

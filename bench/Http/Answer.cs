using System.Text;

namespace HumanTasks.Bench.Http;

/// <summary>An HTTP response. <see cref="Body"/> is in the connection's buffer, valid until the next request.</summary>
internal readonly record struct Answer(int Status, ReadOnlyMemory<byte> Body)
{
    private const int Shown = 500;

    public string Describe() => $"{Status} {Encoding.UTF8.GetString(Body.Span[..int.Min(Body.Length, Shown)])}";
}

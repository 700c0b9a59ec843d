using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>
/// A stream that reads the bytes already received and then another stream, up to a limit. It distinguishes a broken
/// source from any other failure while reading.
/// </summary>
internal sealed class LimitedStream(ReadOnlyMemory<byte> head, Stream rest, long limit) : Stream
{
    private ReadOnlyMemory<byte> ahead = head;
    private long read;

    public LimitedStream(Stream source, long limit)
        : this(ReadOnlyMemory<byte>.Empty, source, limit)
    {
    }

    /// <summary>Whether the source itself could not be read.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether there was more than the limit.</summary>
    public bool IsOverLimit => read > limit;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        int count;
        if (!ahead.IsEmpty)
        {
            count = Math.Min(ahead.Length, buffer.Length);
            ahead[..count].CopyTo(buffer);
            ahead = ahead[count..];
        }
        else
        {
            try
            {
                count = await rest.ReadAsync(buffer, cancellationToken);
            }
            catch
            {
                IsBroken = true;
                throw;
            }
        }

        read += count;
        return IsOverLimit
            ? throw new BadHttpRequestException("The request is too large.", StatusCodes.Status413PayloadTooLarge)
            : count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

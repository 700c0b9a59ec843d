using System.Text;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PairReader = Microsoft.AspNetCore.WebUtilities.FormReader;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>Reads a submission in any of its three formats, within its limits.</summary>
internal sealed class SubmissionReader(
    Uploads uploads, UploadLedger ledger, KeptFiles keptFiles, PageProof proof, LimitOptions limits)
{
    private const int MaxParts = 4000;
    private const int MaxNameLength = 200;

    /// <summary>
    /// Reads a submission. Afterwards a form body is available as the request's form, to look for a token in it.
    /// </summary>
    public Task<Reading> ReadAsync(HttpContext context, TaskView task, Form form, CancellationToken cancellationToken) =>
        ReadAsync(context, task.Id, form, task, cancellationToken);

    /// <summary>
    /// Reads a request that is refused in any case, without storing anything. Returns null when it cannot be read.
    /// </summary>
    public async Task<Sent?> ReadUnsentAsync(HttpContext context, string taskId, Form form, CancellationToken cancellationToken) =>
        (await ReadAsync(context, taskId, form, null, cancellationToken)).Brought;

    /// <summary>Reads a request. Without a task that stores them files are left out.</summary>
    private async Task<Reading> ReadAsync(
        HttpContext context, string taskId, Form form, TaskView? storing, CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return new Reading.UnknownMedia();
        }

        var multipart = type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        var limit = multipart ? limits.MaxSubmissionBytes : limits.MaxBodyBytes;
        LiftHostLimit(context);
        await using var body = new LimitedStream(request.Body, limit);
        var parts = new SentForm(taskId, form, keptFiles);
        try
        {
            if (request.HasJsonContentType())
            {
                return JsonSubmission.Read(await BytesAsync(body, cancellationToken), type.Charset.Value, form);
            }

            if (multipart)
            {
                if (await ReadPartsAsync(context, type, body, storing, form, parts, cancellationToken) is { } malformed)
                {
                    throw new InvalidDataException(malformed);
                }
            }
            else if (type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            {
                ReadPairs(await BytesAsync(body, cancellationToken), parts);
            }
            else
            {
                return new Reading.UnknownMedia();
            }
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new Reading.TooLarge(parts.ToSent(), limit);
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested)
        {
            await uploads.DiscardAsync(taskId, parts.Fresh, cancellationToken);
            return new Reading.Malformed("The body is incomplete.");
        }
        catch (InvalidDataException malformed)
        {
            await uploads.DiscardAsync(taskId, parts.Fresh, cancellationToken);
            return new Reading.Malformed(malformed.Message);
        }
        finally
        {
            if (request.HasFormContentType)
            {
                request.Form = new FormCollection(parts.Texts);
            }
        }

        if (storing is null)
        {
            return new Reading.Complete(parts.ToSent());
        }

        try
        {
            await parts.FindKeptAsync(file => ledger.KeepAsync(file, cancellationToken));
        }
        catch (StorageUnavailableException)
        {
            parts.IsNotStored = true;
        }

        return parts.IsNotStored ? new Reading.NotStored(parts.ToSent()) : new Reading.Complete(parts.ToSent());
    }

    /// <summary>Reads the parts; returns the problem of the body, or null. Without a task no file is stored.</summary>
    private async Task<string?> ReadPartsAsync(
        HttpContext context,
        MediaTypeHeaderValue type,
        LimitedStream body,
        TaskView? storing,
        Form form,
        SentForm parts,
        CancellationToken cancellationToken)
    {
        if (HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= MaxNameLength } boundary)
        {
            return "The multipart content type has no boundary.";
        }

        var textLeft = limits.MaxBodyBytes;
        var reader = new MultipartReader(boundary.Value!, body);
        for (var count = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; count++)
        {
            if (count >= MaxParts
                || section.GetContentDispositionHeader() is not { } disposition
                || HeaderUtilities.RemoveQuotes(disposition.Name) is not { Length: > 0 and <= MaxNameLength } name)
            {
                return "A part has no name, or there are too many parts.";
            }

            if (disposition.FileName.HasValue || disposition.FileNameStar.HasValue)
            {
                await ReadFileAsync(context, name.Value!, disposition, section, storing, parts, cancellationToken);
                continue;
            }

            await using var limited = new LimitedStream(section.Body, textLeft);
            var bytes = await BytesAsync(limited, cancellationToken);
            textLeft -= bytes.Length;
            var text = Encoding.UTF8.GetString(bytes.Span);
            if (name.Value != PartNames.Values || form.Find(PartNames.Values) is not null)
            {
                parts.AddText(name.Value!, text);
            }
            else if (JsonSubmission.ReadValues(text, form) is { } values)
            {
                parts.AddValues(values);
            }
            else
            {
                return "The part 'values' is not a JSON object.";
            }
        }

        return null;
    }

    private async Task ReadFileAsync(
        HttpContext context,
        string name,
        ContentDispositionHeaderValue disposition,
        MultipartSection section,
        TaskView? storing,
        SentForm parts,
        CancellationToken cancellationToken)
    {
        var given = HeaderUtilities.RemoveQuotes(
            disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName);
        if (given.Length == 0)
        {
            return;
        }

        var fileName = FileNames.Clean(given.Value);
        if (storing is null || parts.FieldOfFile(name) is not { } field)
        {
            parts.AddLost(name, fileName);
            return;
        }

        if (!await MayStoreAsync(context, storing, parts))
        {
            parts.AddNotKept(field, fileName);
            return;
        }

        try
        {
            parts.AddUpload(name, fileName, await uploads.ReceiveAsync(
                storing.Id, field, fileName, section.Body, context.Request.ContentLength ?? long.MaxValue, cancellationToken));
        }
        catch (StorageUnavailableException)
        {
            parts.IsNotStored = true; // continue with the following texts, which the page shows again
            parts.AddLost(name, fileName);
        }
    }

    /// <summary>
    /// Returns whether a file may be stored before the rest is read: not from a page with an invalid token. A token
    /// that comes later is checked with the whole form, and the files are deleted at once if it is invalid.
    /// </summary>
    private async Task<bool> MayStoreAsync(HttpContext context, TaskView task, SentForm parts)
    {
        if (context.Request.WantsJson())
        {
            return true;
        }

        context.Request.Form = new FormCollection(parts.Texts);
        return !parts.Texts.ContainsKey(BrowserSecurity.TokenField) || await proof.IsOursAsync(context, task);
    }

    private static void ReadPairs(ReadOnlyMemory<byte> body, SentForm parts)
    {
        using var reader = new PairReader(Encoding.UTF8.GetString(body.Span))
        {
            KeyLengthLimit = MaxNameLength,
            ValueLengthLimit = int.MaxValue,
        };

        // pair by pair, because reading all at once merges names that differ only in case
        for (var count = 0; reader.ReadNextPair() is { } pair; count++)
        {
            if (count >= MaxParts)
            {
                throw new InvalidDataException("There are too many parts.");
            }

            parts.AddText(pair.Key, pair.Value);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(Stream body, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    /// <summary>
    /// Removes the host's limit: ours applies instead, so that a body that is too large gets the usual response.
    /// </summary>
    private static void LiftHostLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace HumanTasks.Web.Api;

/// <summary>
/// <c>Idempotency-Key</c> on every POST of the API: for 24 hours the same key and body return the first response again.
/// The response may contain a link, so it is stored encrypted, in the commit of the change that it reports, so that no
/// crash can separate them. A refused request does not bind its key.
/// </summary>
public sealed class Idempotency(
    IIdempotencyStore store, IDataProtectionProvider protection, LimitOptions limits, TimeProvider time)
{
    public const string Header = "Idempotency-Key";

    /// <summary>How long a response is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const int MaxKeyLength = 200;

    private static readonly object ReservedId = new();
    private static readonly object AnswerOf = new();

    private readonly KeyedGates gates = new();
    private readonly IDataProtector protector = protection.CreateProtector("HumanTasks.Idempotency.v1");

    /// <summary>Returns the ID for what this request creates: the one reserved under its key, or a new one.</summary>
    public static string IdFor(HttpContext context, TimeProvider time) =>
        context.Items[ReservedId] as string ?? Ids.New(time.GetUtcNow());

    /// <summary>
    /// Sets the response that the request will return once a change is written, so that both are in the same commit. An
    /// endpoint that returns 204 uses <see cref="IdempotencyMarks.AnswersNoContent"/> instead.
    /// </summary>
    public static void Answers(HttpContext context, Func<RunChanged, IResult?> answer) => context.Items[AnswerOf] = answer;

    /// <summary>
    /// Makes one of several changes under a key. Each result is stored with its own commit, so that an interrupted
    /// request continues where it stopped. Without a key it makes the change without storing a result.
    /// </summary>
    public async Task<IResult> PartAsync(HttpContext context, string id, Func<Task<IResult>> change)
    {
        if (KeptAnswer.Current is not { } whole)
        {
            return await change();
        }

        var key = $"{whole.Key}\n{id}";
        var now = time.GetUtcNow();
        var reservation = await store.ReserveAsync(
            whole.Environment, key, new Reservation(Ids.New(now), id, now), Lifetime, context.RequestAborted);
        if (reservation.SealedAnswer is not null
            || await store.FindKeptAsync(reservation.Id, [HumanTask.RunIdOf(id) ?? id], context.RequestAborted) is not null)
        {
            return TypedResults.NoContent();
        }

        var part = new KeptAnswer(
            whole.Environment, key, reservation.Id,
            async changed => Concerns(changed, id) ? Seal(await RenderAsync(context, TypedResults.NoContent())) : (ReadOnlyMemory<byte>?)null);
        KeptAnswer.Current = part;
        try
        {
            return await change();
        }
        finally
        {
            part.Close();
            KeptAnswer.Current = whole;
        }
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsPost(context.Request.Method)
            || context.Surface() is not Surface.Api
            || !context.Request.Headers.TryGetValue(Header, out var header)
            || context.User.Identity?.IsAuthenticated != true)
        {
            await next(context);
            return;
        }

        var key = header.ToString();
        if (key.Length is 0 or > MaxKeyLength)
        {
            await ApiProblem.Malformed($"'{Header}' must have 1 to {MaxKeyLength} characters.").ExecuteAsync(context);
            return;
        }

        context.Request.EnableBuffering();
        if (await ApiRequest.ReadBytesAsync(context.Request, limits.MaxBodyBytes, context.RequestAborted) is not { } body)
        {
            await ApiProblem.TooLarge(limits.MaxBodyBytes).ExecuteAsync(context);
            return;
        }

        context.Request.Body = new MemoryStream(body.ToArray());
        await AnswerOnceAsync(context, next, key, HashOf(context.Request, body));
    }

    private async Task AnswerOnceAsync(HttpContext context, RequestDelegate next, string key, string hash)
    {
        var environment = context.User.EnvironmentId();
        using (await gates.EnterAsync($"{environment}\n{key}", context.RequestAborted))
        {
            var now = time.GetUtcNow();
            var reservation = await store.ReserveAsync(
                environment, key, new Reservation(Ids.New(now), hash, now), Lifetime, context.RequestAborted);
            if (reservation.RequestHash != hash)
            {
                await ApiProblem.KeyReused().ExecuteAsync(context);
            }
            else if (await AnswerOfAsync(context, reservation) is { } answer)
            {
                await ReplayAsync(context, answer);
            }
            else
            {
                context.Items[ReservedId] = reservation.Id;
                await RecordAsync(context, next, NewAnswer(context, key, reservation.Id));
            }
        }
    }

    private async Task RecordAsync(HttpContext context, RequestDelegate next, KeptAnswer kept)
    {
        var original = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        KeptAnswer.Current = kept;
        try
        {
            await next(context);
        }
        finally
        {
            kept.Close();
            context.Response.Body = original;
        }

        if (kept.Committed is { } committed)
        {
            // the response in the commit is the one to return, to this request as to every later one
            await store.CompleteAsync(kept.Environment, kept.Key, committed, CancellationToken.None);
            await WriteAsync(context, Open(committed));
            return;
        }

        if (context.Response.StatusCode is >= 200 and <= 299)
        {
            await store.CompleteAsync(kept.Environment, kept.Key, Seal(Recorded(context, buffer)), CancellationToken.None);
        }
        else if (context.Response.StatusCode is >= 400 and <= 499)
        {
            await store.ReleaseAsync(kept.Environment, kept.Key, CancellationToken.None); // refused: nothing was changed
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(original, context.RequestAborted);
    }

    private Task ReplayAsync(HttpContext context, ReadOnlyMemory<byte> sealedAnswer)
    {
        context.Response.Headers["Idempotency-Replayed"] = "true";
        return WriteAsync(context, Open(sealedAnswer));
    }

    private static async Task WriteAsync(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = null;
        if (answer.Location is { } location)
        {
            context.Response.Headers.Location = location;
        }

        if (answer.Body.Length > 0)
        {
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    /// <summary>Returns the earlier response, from the reservation or, after a crash, from the change itself.</summary>
    private async Task<ReadOnlyMemory<byte>?> AnswerOfAsync(HttpContext context, Reservation reservation)
    {
        var named = context.Request.RouteValues["id"] as string ?? "";
        return reservation.SealedAnswer ?? await store.FindKeptAsync(
            reservation.Id, [reservation.Id, HumanTask.RunIdOf(named) ?? named], context.RequestAborted);
    }

    private KeptAnswer NewAnswer(HttpContext context, string key, string reservationId) => new(
        context.User.EnvironmentId(),
        key,
        reservationId,
        async change => AnswerTo(context, change) is { } result ? Seal(await RenderAsync(context, result)) : (ReadOnlyMemory<byte>?)null);

    /// <summary>Returns the response for a change; null for a change that the request did not ask for.</summary>
    private static IResult? AnswerTo(HttpContext context, RunChanged change) =>
        context.Items[AnswerOf] is Func<RunChanged, IResult?> answer ? answer(change)
        : context.GetEndpoint()?.Metadata.GetMetadata<NoContentMark>() is not null && context.Request.RouteValues["id"] is string id && Concerns(change, id)
            ? TypedResults.NoContent()
            : null;

    private static bool Concerns(RunChanged change, string id) =>
        change.RunId == id || change.Tasks.Any(task => task.Id == id);

    private static async Task<Answer> RenderAsync(HttpContext context, IResult result)
    {
        using var body = new MemoryStream();
        var apart = new DefaultHttpContext { RequestServices = context.RequestServices };
        apart.Response.Body = body;
        await result.ExecuteAsync(apart);
        return Recorded(apart, body);
    }

    private static Answer Recorded(HttpContext context, MemoryStream body) => new(
        context.Response.StatusCode, context.Response.ContentType, context.Response.Headers.Location, body.ToArray());

    private ReadOnlyMemory<byte> Seal(Answer answer) => protector.Protect(JsonSerializer.SerializeToUtf8Bytes(answer, WebJson.Default.Answer));

    private Answer Open(ReadOnlyMemory<byte> sealedAnswer) =>
        JsonSerializer.Deserialize(protector.Unprotect(sealedAnswer.ToArray()), WebJson.Default.Answer)!;

    private static string HashOf(HttpRequest request, ReadOnlyMemory<byte> body) => Convert.ToHexStringLower(
        SHA256.HashData([.. Encoding.UTF8.GetBytes($"{request.Method} {PathOf(request)}{request.QueryString}\n"), .. body.Span]));

    /// <summary>Returns the path in its route's spelling, whatever the caller's.</summary>
    private static string PathOf(HttpRequest request) =>
        request.HttpContext.GetEndpoint() is RouteEndpoint { RoutePattern: var route }
            ? string.Concat(route.PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(part => part switch
            {
                RoutePatternLiteralPart literal => literal.Content,
                RoutePatternParameterPart parameter => request.RouteValues[parameter.Name]?.ToString(),
                _ => "",
            }))))
            : request.Path.Value!;

    internal sealed record NoContentMark;

    public sealed record Answer(int Status, string? ContentType, string? Location, ReadOnlyMemory<byte> Body);
}

using HumanTasks.Core.Reading;
using Microsoft.AspNetCore.Builder;

namespace HumanTasks.Web.Wire;

/// <summary>What the OpenAPI document says of an endpoint beyond what routing knows.</summary>
internal static class Operations
{
    /// <param name="builder">The endpoint.</param>
    /// <param name="id">
    /// The operation ID, unique in the document. <c>Link</c> in it becomes <c>ReviewLink</c> or <c>SecureLink</c> for an endpoint
    /// that both links have.
    /// </param>
    /// <param name="refuses">The slugs of its own problems, without those that all of its kind have.</param>
    public static TBuilder Operation<TBuilder>(this TBuilder builder, string id, params string[] refuses)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new OperationName(id), new Refuses(refuses));

    /// <summary>The slugs of problems that every endpoint of a group has.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, params string[] slugs)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Refuses(slugs));

    public static TBuilder Takes<TBuilder, T>(this TBuilder builder, RequestBody<T> body)
        where TBuilder : IEndpointConventionBuilder
        where T : class =>
        builder.Takes(body.Shape, body.IsOptional);

    /// <param name="builder">The endpoint.</param>
    /// <param name="shape">The members of its JSON body.</param>
    /// <param name="isOptional">Whether it may be called without a body.</param>
    public static TBuilder Takes<TBuilder>(this TBuilder builder, Shape shape, bool isOptional = false)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new TakenBody(shape, isOptional));

    /// <summary>The media types of a body that is not JSON only; it is described as a form or as bytes.</summary>
    public static TBuilder TakesToo<TBuilder>(this TBuilder builder, params string[] mediaTypes)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new OtherBodies(mediaTypes));

    /// <summary>The words that a query parameter may be.</summary>
    public static TBuilder Words<TBuilder>(this TBuilder builder, string parameter, params string[] words)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ParameterWords(parameter, words));

    /// <summary>That the answer has an <c>ETag</c>, and <c>If-None-Match</c> gets 304.</summary>
    public static TBuilder Tagged<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new HasETag());

    /// <summary>That <c>Prefer: wait=N</c> holds the answer back.</summary>
    public static TBuilder Waits<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new TakesPrefer());
}

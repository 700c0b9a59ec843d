using System.Text.Json.Serialization.Metadata;

namespace HumanTasks.Web.Api;

/// <summary>A list with a weak ETag of its content; returns 304 when the caller has it already (RFC 9110).</summary>
public sealed class ListResult<T>(ListAnswer<T> list, JsonTypeInfo<ListAnswer<T>> type) : TaggedResult<ListAnswer<T>>(list, type);

using HumanTasks.Core.Reading;

namespace HumanTasks.Web.Wire;

/// <summary>The JSON body of a request: the members it may have, and what reads them.</summary>
/// <param name="Shape">The members; any other is refused.</param>
/// <param name="Read">Makes the request of them and notes every problem.</param>
/// <param name="IsOptional">Whether an empty body is the same as an object without members.</param>
public sealed record RequestBody<T>(Shape Shape, Func<ObjectReader, T> Read, bool IsOptional = false)
    where T : class;

using HumanTasks.Core.Reading;

namespace HumanTasks.Web.Wire;

internal sealed record TakenBody(Shape Shape, bool IsOptional);

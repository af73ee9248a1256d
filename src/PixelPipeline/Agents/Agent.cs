namespace PixelPipeline.Agents;

/// <summary>What a user agent tells. The texts are short words in lower case, of a closed set; null where it does not tell.</summary>
/// <param name="Class">Who it is.</param>
/// <param name="Browser">A person's browser, or the app that shows pages in its place: <c>chrome</c>, <c>instagram</c>.</param>
/// <param name="Os">A person's system: <c>ios</c>, <c>windows</c>.</param>
/// <param name="Device">A person's device: <c>mobile</c>, <c>tablet</c>, <c>desktop</c>, <c>tv</c>, <c>console</c>, <c>headset</c>.</param>
public readonly record struct Agent(AgentClass Class, string? Browser, string? Os, string? Device);

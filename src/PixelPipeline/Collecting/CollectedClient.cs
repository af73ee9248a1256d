namespace PixelPipeline.Collecting;

/// <summary>What a request tells of its client, for the entry columns; a null is not there.</summary>
/// <param name="UserAgent">The User-Agent header.</param>
/// <param name="Referer">The Referer header.</param>
/// <param name="RemoteIp">The client's address.</param>
public readonly record struct CollectedClient(string? UserAgent, string? Referer, string? RemoteIp);

namespace PixelPipeline.GoogleCloud.Storage;

/// <summary>An object in a bucket.</summary>
/// <param name="Name">Its full name, such as <c>lake/2026/11/20/entries.jsonl</c>.</param>
/// <param name="Size">Bytes as stored.</param>
public sealed record StoredObject(string Name, long Size);

using PixelPipeline.Writing;

namespace PixelPipeline.Importing;

/// <summary>Takes an entry in: commits it, or only looks at it. Called on several threads at once.</summary>
/// <returns>What became of it.</returns>
public delegate ValueTask<EntryOutcome> ImportStep(ImportedEntry entry, CancellationToken cancellationToken);

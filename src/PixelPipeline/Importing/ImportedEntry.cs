using PixelPipeline.Writing;

namespace PixelPipeline.Importing;

/// <summary>One line on its way in.</summary>
/// <param name="Day">The day of its timestamp, UTC.</param>
/// <param name="Outcome">What the core made of it.</param>
/// <param name="Entry">
/// The log entry's bytes: the line itself, or, of another format, the entry it stands for; empty where nobody uses them
/// (see <see cref="IImportSink.UsesEventBytes"/>). They hold as long as the chunk does.
/// </param>
public readonly record struct ImportedEntry(DateOnly Day, EntryOutcome Outcome, ReadOnlyMemory<byte> Entry);

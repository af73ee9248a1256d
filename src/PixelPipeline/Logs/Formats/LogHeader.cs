namespace PixelPipeline.Logs.Formats;

/// <summary>Where the columns of a file stand, as a line of it says. Each format that has such lines has its own. Immutable.</summary>
internal abstract class LogHeader;

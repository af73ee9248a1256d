namespace PixelPipeline.Agents;

/// <summary>A text that user agents have in them, and what it is a sign of.</summary>
/// <param name="Text">ASCII, in lower case: agents are compared without regard to case.</param>
/// <param name="Sign">What it is a sign of.</param>
/// <param name="Ends">Where the text must stand in its word.</param>
internal readonly record struct Marker(string Text, AgentSign Sign, WordEnds Ends = WordEnds.None);

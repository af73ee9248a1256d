namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>A place in the statement's text: line and column, both from 1, columns counted in UTF-16 units.</summary>
internal readonly record struct SourcePosition(int Line, int Column);

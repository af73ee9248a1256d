namespace PixelPipeline.Cli.Doctor;

/// <summary>The commands that mend the hops which are looked at alike everywhere.</summary>
/// <param name="NoAnswer">Nothing answers at the pixel's address.</param>
/// <param name="WrongAnswer">It answers with something else.</param>
/// <param name="Caching">It lets browsers keep the pixel.</param>
/// <param name="NoBigQuery">BigQuery does not answer.</param>
/// <param name="NoTable">A table is missing.</param>
/// <param name="OtherColumns">The table of this id has other columns than the schema file.</param>
internal sealed record Remedies(string NoAnswer, string WrongAnswer, string Caching, string NoBigQuery, string NoTable, Func<string, string> OtherColumns);

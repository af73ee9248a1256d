using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>
/// A question whose answer over some days is that of the first of them and that of the others, added up. Where
/// <see cref="Asking.Open"/> says so, the rows of the open days and those of the days that are over come apart, told by a first
/// column <c>is_open</c>.
/// </summary>
internal abstract class SummedQuestion
{
    /// <summary>How many values of a list come of each of the two, so that the first ten of both together can be told.</summary>
    protected const int MostKept = 100;

    /// <summary>The question.</summary>
    public abstract Question Ask(Asking asking);

    /// <summary>The answer for both, with the rows that it has without <c>is_open</c>; null where what was left out of either might belong to it.</summary>
    public abstract Answer? Add(Answer over, Answer open);
}

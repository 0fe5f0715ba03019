/** How a list of the API is read page after page. */
export const PAGING = {
  pageParamName: "cursor",
  initialPageParam: null,
  getNextPageParam: ({ next }: { next: string | null }) => next,
  // Some lists note who looks at them: coming back to a window is no new look.
  refetchOnWindowFocus: false,
};
